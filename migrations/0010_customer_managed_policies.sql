-- Customer managed policies and their versions.

create table managed_policy (
    account_id text not null,
    policy_id text not null,
    name text not null,
    name_key text collate "C" not null,
    path text not null,
    arn text collate "C" not null,
    description text,
    default_version integer not null,
    last_version integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint managed_policy_pkey primary key (account_id, policy_id),
    constraint managed_policy_name_unique unique (account_id, name_key),
    constraint managed_policy_arn_unique unique (account_id, arn),
    constraint managed_policy_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table managed_policy is 'The account''s own managed policies. AWS''s are in the binary; attachment names both by their ARN, which never changes.';
comment on column managed_policy.last_version is 'The number of the version made last: numbers are never given twice.';

create table managed_policy_version (
    account_id text not null,
    policy_id text not null,
    version integer not null,
    document text not null,
    created_at bigint not null,
    constraint managed_policy_version_pkey primary key (account_id, policy_id, version),
    constraint managed_policy_version_policy_fkey foreign key (account_id, policy_id)
        references managed_policy on delete cascade
);
comment on table managed_policy_version is 'The documents of managed policies, as text, the way they were put; at most five of a policy.';

-- At the commit, because a policy and its first version need each other.
alter table managed_policy add constraint managed_policy_default_fkey
    foreign key (account_id, policy_id, default_version) references managed_policy_version
    deferrable initially deferred;

alter table account_count add column policies integer not null default 0;

do $$
declare
    tenant text;
begin
    foreach tenant in array array['managed_policy', 'managed_policy_version'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;
