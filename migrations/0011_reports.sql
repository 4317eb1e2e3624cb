-- What reports read and keep: credential reports, the jobs of last accesses, and the ways into the trail.

alter table access_key add column status_changed_at bigint;
comment on column access_key.status_changed_at is 'When it was last activated or deactivated; null if never since it was made.';

create table credential_report (
    account_id text not null,
    generated_at bigint not null,
    content text not null,
    constraint credential_report_pkey primary key (account_id),
    constraint credential_report_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table credential_report is 'The newest credential report of each account, as CSV.';

create table access_report (
    account_id text not null,
    job_id uuid not null,
    generator_id text not null,
    granularity text not null,
    created_at bigint not null,
    services jsonb not null,
    accesses jsonb not null,
    constraint access_report_pkey primary key (account_id, job_id),
    constraint access_report_granularity_known check (granularity in ('SERVICE_LEVEL', 'ACTION_LEVEL')),
    constraint access_report_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table access_report is 'Reports of last accesses: which services the policies of one entity opened, and who used them when. Read by their generator alone.';
create index access_report_of_generator on access_report (account_id, generator_id, created_at);

do $$
declare
    tenant text;
begin
    foreach tenant in array array['credential_report', 'access_report'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;

-- Who used what last, and the event history by the attributes that people look for.
create index trail_of_principal on trail (account_id, principal_id, service, event_time desc);
create index trail_of_user_name on trail (account_id, user_name, event_time desc) where user_name is not null;
create index trail_of_access_key on trail (account_id, access_key_id, event_time desc) where access_key_id is not null;
create index trail_of_name on trail (account_id, name, event_time desc);
