-- Inline policies: documents that belong to one user or one group and go with it.

create table inline_policy (
    account_id text not null,
    entity_kind text not null,
    entity_id text not null,
    name text collate "C" not null,
    document text not null,
    size integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint inline_policy_pkey primary key (account_id, entity_kind, entity_id, name),
    constraint inline_policy_kind_known check (entity_kind in ('user', 'group')),
    constraint inline_policy_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table inline_policy is 'Policies embedded in one user or group, as text, the way they were put.';
comment on column inline_policy.size is 'Characters without white space, as the quota of all of an entity''s inline policies counts them.';

alter table inline_policy enable row level security;
alter table inline_policy force row level security;
create policy inline_policy_own_account on inline_policy
    using (account_id = current_setting('app.account', true))
    with check (account_id = current_setting('app.account', true));
