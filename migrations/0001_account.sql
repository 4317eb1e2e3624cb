-- Accounts and what is read before an account is known. Directory tables: keyed by their global name, without
-- row-level security (on a sharded Postgres they are reference tables). Instants that the product shows or computes
-- with are bigint milliseconds since 1970 UTC; instants that only Postgres compares are timestamptz.

create table installation (
    only_row boolean not null default true,
    key_canary bytea not null,
    created_at timestamptz not null default now(),
    constraint installation_pkey primary key (only_row),
    constraint installation_only_row_true check (only_row)
);
comment on table installation is 'One row: a sealed text that tells whether a server holds the right master key.';

create table account (
    account_id text not null,
    name text not null,
    email text not null,
    email_key text not null,
    status text not null,
    sign_up_step text not null,
    password_hash text,
    password_changed_at bigint,
    password_last_used bigint,
    created_at bigint not null,
    clock_offset_ms bigint not null default 0,
    root_keys integer not null default 0,
    contact jsonb,
    card_last4 text,
    phone_code_hash bytea,
    phone_code_expires timestamptz,
    phone_code_tries integer not null default 0,
    plan text,
    support_plan text,
    mailbox_key_hash bytea,
    mails_today integer not null default 0,
    mails_day date,
    constraint account_pkey primary key (account_id),
    constraint account_id_digits check (account_id ~ '^[0-9]{12}$'),
    constraint account_email_unique unique (email_key),
    constraint account_status_known check (status in ('PENDING', 'ACTIVE', 'CLOSED'))
);
comment on table account is 'An account; its root user is this row. Directory.';
comment on column account.email_key is 'The address in lower case: two accounts cannot share it.';
comment on column account.clock_offset_ms is 'The sandbox clock: added to the time that operations see, never to sign-in, TOTP or signatures.';
create unique index account_mailbox_key on account (mailbox_key_hash) where mailbox_key_hash is not null;

create table account_alias (
    alias text not null,
    account_id text not null,
    constraint account_alias_pkey primary key (alias),
    constraint account_alias_account_unique unique (account_id),
    constraint account_alias_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table account_alias is 'The name that stands for the account id in sign-in URLs. Directory.';

create table sign_up (
    sign_up_id uuid not null,
    email text not null,
    email_key text not null,
    account_name text not null,
    code_hash bytea,
    mailed_code_hash bytea,
    code_expires timestamptz,
    code_tries integer not null default 0,
    verified boolean not null default false,
    proved boolean not null default false,
    created_at timestamptz not null default now(),
    constraint sign_up_pkey primary key (sign_up_id)
);
comment on table sign_up is 'A sign-up until its account exists. Without a code hash the address was taken and no code is right. Directory.';
comment on column sign_up.code_hash is 'Of the code in the built-in inbox: it goes on with the sign-up.';
comment on column sign_up.mailed_code_hash is 'Of the code that left by SMTP: it also proves the address.';

create table verified_address (
    email_key text not null,
    constraint verified_address_pkey primary key (email_key)
);
comment on table verified_address is 'Addresses that proved at a sign-up that they read our mail: SMTP may send to them. Directory.';

create table session (
    id_hash bytea not null,
    data jsonb not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    account_id text,
    user_id text,
    signed_in_at bigint,
    must_change_password boolean not null default false,
    sign_up_id uuid,
    mailbox_account_id text,
    operator_until timestamptz,
    constraint session_pkey primary key (id_hash),
    constraint session_account_fkey foreign key (account_id) references account on delete cascade,
    constraint session_mailbox_fkey foreign key (mailbox_account_id) references account on delete set null,
    constraint session_sign_up_fkey foreign key (sign_up_id) references sign_up on delete set null,
    constraint session_user_has_account check (user_id is null or account_id is not null)
);
comment on table session is 'A browser session, known by the SHA-256 of its id. The principal columns are written by sign-in operations alone. Directory.';
create index session_principal on session (account_id, user_id);
create index session_expires on session (expires_at);
create index session_sign_up on session (sign_up_id) where sign_up_id is not null;

create unlogged table throttle (
    key text not null,
    tat timestamptz not null,
    constraint throttle_pkey primary key (key)
);
comment on table throttle is 'One row per counted key: the theoretical arrival time of a GCRA. Losing it in a crash is acceptable. Directory.';

create table mail (
    mail_id uuid not null,
    account_id text,
    sign_up_id uuid,
    channel text not null,
    sender text not null,
    recipient text not null,
    subject text not null,
    body_sealed bytea not null,
    secret boolean not null default false,
    state text not null,
    dedupe_key text,
    created_at bigint not null,
    attempts integer not null default 0,
    not_before timestamptz not null default now(),
    lease_until timestamptz,
    last_error text,
    purge_at timestamptz not null default now() + interval '30 days',
    constraint mail_pkey primary key (mail_id),
    constraint mail_dedupe_unique unique (dedupe_key),
    constraint mail_channel_known check (channel in ('mail', 'phone')),
    constraint mail_state_known check (state in ('inbox', 'queued', 'sent', 'failed', 'kept')),
    constraint mail_account_fkey foreign key (account_id) references account on delete cascade,
    constraint mail_sign_up_fkey foreign key (sign_up_id) references sign_up on delete set null
);
comment on table mail is 'Outbox and inbox in one: what an operation wrote, sealed, and what became of it. Directory.';
create index mail_of_account on mail (account_id, created_at desc, mail_id);
create index mail_of_sign_up on mail (sign_up_id, created_at desc, mail_id);
create index mail_by_time on mail (created_at desc, mail_id);
create index mail_queue on mail (not_before) where state = 'queued';
create index mail_purge on mail (purge_at);

create table operator_link (
    token_hash bytea not null,
    expires_at timestamptz not null,
    constraint operator_link_pkey primary key (token_hash)
);
comment on table operator_link is 'One-time links that make a browser the operator''s. Directory.';

create table access_key (
    access_key_id text not null,
    account_id text not null,
    user_id text,
    status text not null,
    secret_sealed bytea not null,
    created_at bigint not null,
    last_used_at bigint,
    last_used_service text,
    last_used_region text,
    constraint access_key_pkey primary key (access_key_id),
    constraint access_key_status_known check (status in ('Active', 'Inactive')),
    constraint access_key_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table access_key is 'Long-term keys; without a user id it is root''s. Read before the account is known. Directory.';
create index access_key_of_user on access_key (account_id, user_id, created_at);
