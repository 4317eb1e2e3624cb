-- A root password that was forgotten, and an address on its way to being another one.

create table password_reset (
    token_hash bytea not null,
    account_id text not null,
    expires_at timestamptz not null,
    constraint password_reset_pkey primary key (token_hash),
    constraint password_reset_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table password_reset is 'Links to a new root password that were mailed, known by the SHA-256 of their token. Directory.';
create index password_reset_of_account on password_reset (account_id);

create table email_change (
    account_id text not null,
    email text not null,
    email_key text not null,
    code_hash bytea,
    code_expires timestamptz not null,
    code_tries integer not null default 0,
    constraint email_change_pkey primary key (account_id),
    constraint email_change_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table email_change is 'The address that a root user wants in place of the present one, until a code from there confirms it. Without a code hash the address was taken and no code is right. Directory.';
