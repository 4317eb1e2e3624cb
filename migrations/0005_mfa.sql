-- MFA devices, the state of a sign-in between password and code, and the passwords that may not come again.

create table mfa_device (
    account_id text not null,
    serial_key text collate "C" not null,
    serial_number text not null,
    path text not null,
    name text not null,
    seed_sealed bytea not null,
    created_at bigint not null,
    enabled_at bigint,
    user_id text,
    drift_steps integer not null default 0,
    used_steps bigint[] not null default '{}',
    constraint mfa_device_pkey primary key (account_id, serial_key),
    constraint mfa_device_assigned check (user_id is null or enabled_at is not null),
    constraint mfa_device_account_fkey foreign key (account_id) references account on delete cascade,
    constraint mfa_device_user_fkey foreign key (account_id, user_id) references iam_user
);
comment on table mfa_device is 'Virtual MFA devices. Enabled without a user id it is root''s; not enabled it is nobody''s.';
comment on column mfa_device.serial_key is 'The serial number in lower case: names are unique whatever their case.';
comment on column mfa_device.drift_steps is 'How many steps of 30 seconds the device''s clock is ahead of ours, as two codes in a row showed.';
comment on column mfa_device.used_steps is 'Time steps whose code was accepted: one conditional update adds a step that is not in it, so each code serves once, whichever server is asked.';
create index mfa_device_of_user on mfa_device (account_id, user_id) where enabled_at is not null;

create table password_history (
    account_id text not null,
    user_id text not null,
    history_id uuid not null,
    password_hash text not null,
    set_at bigint not null,
    constraint password_history_pkey primary key (account_id, user_id, history_id),
    constraint password_history_user_fkey foreign key (account_id, user_id) references iam_user on delete cascade
);
comment on table password_history is 'The newest 24 console passwords of each user, as argon2id PHC strings: what a policy''s reuse prevention compares with.';

do $$
declare
    tenant text;
begin
    foreach tenant in array array['mfa_device', 'password_history'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;

alter table account add column root_mfa_devices integer not null default 0;
alter table iam_user add column mfa_devices integer not null default 0;
alter table account_count add column virtual_mfa_devices integer not null default 0;

alter table session
    add column mfa_pending boolean not null default false,
    add column mfa_tries integer not null default 0,
    add column mfa_at bigint;
comment on column session.mfa_pending is 'The password was right and a code is still to come: such a session is nobody''s yet, whatever its principal columns say.';
comment on column session.mfa_at is 'When a code was accepted, in real time; null for a sign-in without MFA.';
