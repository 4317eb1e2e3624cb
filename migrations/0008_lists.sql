-- How each principal likes the console's lists.

alter table preference add column lists jsonb not null default '{}';
comment on column preference.lists is 'By the name of a list: page size and columns.';
