-- IAM's nouns. Tenant tables: account_id leads every key, and row-level security shows a transaction the rows of
-- the account it was opened for (app.account) and no others.

create table account_count (
    account_id text not null,
    users integer not null default 0,
    groups integer not null default 0,
    constraint account_count_pkey primary key (account_id),
    constraint account_count_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table account_count is 'How many of each limited thing the account has: limits are one conditional update of it.';

create table iam_user (
    account_id text not null,
    user_id text not null,
    name text not null,
    name_key text collate "C" not null,
    path text not null,
    created_at bigint not null,
    password_last_used bigint,
    groups integer not null default 0,
    policies integer not null default 0,
    access_keys integer not null default 0,
    constraint iam_user_pkey primary key (account_id, user_id),
    constraint iam_user_name_unique unique (account_id, name_key),
    constraint iam_user_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table iam_user is 'Users. The counters hold the quotas of groups, attached policies and access keys.';

create table login_profile (
    account_id text not null,
    user_id text not null,
    password_hash text not null,
    reset_required boolean not null,
    created_at bigint not null,
    changed_at bigint not null,
    constraint login_profile_pkey primary key (account_id, user_id),
    constraint login_profile_user_fkey foreign key (account_id, user_id) references iam_user on delete cascade
);
comment on table login_profile is 'Console passwords, as argon2id PHC strings.';

create table iam_group (
    account_id text not null,
    group_id text not null,
    name text not null,
    name_key text collate "C" not null,
    path text not null,
    created_at bigint not null,
    members integer not null default 0,
    policies integer not null default 0,
    constraint iam_group_pkey primary key (account_id, group_id),
    constraint iam_group_name_unique unique (account_id, name_key),
    constraint iam_group_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table iam_group is 'Groups of users.';

create table group_member (
    account_id text not null,
    group_id text not null,
    user_id text not null,
    created_at bigint not null,
    constraint group_member_pkey primary key (account_id, group_id, user_id),
    constraint group_member_account_fkey foreign key (account_id) references account on delete cascade,
    constraint group_member_group_fkey foreign key (account_id, group_id) references iam_group,
    constraint group_member_user_fkey foreign key (account_id, user_id) references iam_user
);
comment on table group_member is 'Who is in which group.';
create index group_member_of_user on group_member (account_id, user_id);

create table attachment (
    account_id text not null,
    entity_kind text not null,
    entity_id text not null,
    policy_arn text not null,
    as_boundary boolean not null,
    created_at bigint not null,
    constraint attachment_pkey primary key (account_id, entity_kind, entity_id, as_boundary, policy_arn),
    constraint attachment_kind_known check (entity_kind in ('user', 'group')),
    constraint attachment_groups_unbounded check (entity_kind = 'user' or not as_boundary),
    constraint attachment_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table attachment is 'Managed policies on users and groups, and boundaries of users. No key into a policy table: AWS''s own are in the binary.';
create unique index attachment_one_boundary on attachment (account_id, entity_kind, entity_id) where as_boundary;
create index attachment_of_policy on attachment (account_id, policy_arn);

create table tag (
    account_id text not null,
    entity_id text not null,
    tag_key text collate "C" not null,
    key text not null,
    value text not null,
    constraint tag_pkey primary key (account_id, entity_id, tag_key),
    constraint tag_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table tag is 'Tags; tag_key is the key in lower case, unique on its entity.';

create table password_policy (
    account_id text not null,
    minimum_length integer not null,
    require_symbols boolean not null,
    require_numbers boolean not null,
    require_uppercase boolean not null,
    require_lowercase boolean not null,
    allow_change boolean not null,
    max_age_days integer,
    reuse_prevention integer,
    hard_expiry boolean,
    constraint password_policy_pkey primary key (account_id),
    constraint password_policy_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table password_policy is 'An account''s own password policy; without a row the default one rules.';

create table preference (
    account_id text not null,
    principal_id text not null,
    labels text,
    theme text,
    region text,
    recent text[] not null default '{}',
    constraint preference_pkey primary key (account_id, principal_id),
    constraint preference_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table preference is 'How each principal likes the console.';

create table form_token (
    account_id text not null,
    principal_id text not null,
    token uuid not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    constraint form_token_pkey primary key (account_id, principal_id, token),
    constraint form_token_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table form_token is 'Forms already sent: a repeat gets the first answer, its secrets masked.';
create index form_token_age on form_token (created_at);
