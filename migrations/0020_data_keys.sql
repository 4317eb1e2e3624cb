-- Every account's secrets under a key of its own.

create table data_key (
    account_id text not null,
    key_sealed bytea not null,
    created_at timestamptz not null default now(),
    constraint data_key_pkey primary key (account_id),
    constraint data_key_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table data_key is 'The key that an account''s secrets are sealed under, itself sealed under the master key. It goes with the account: without it none of them opens. Read before the account is known. Directory.';
