-- MFA devices of every kind: passkeys and security keys by their public key, hardware tokens by seeds the operator loads.

alter table mfa_device
    alter column seed_sealed drop not null,
    add column kind text not null default 'VIRTUAL',
    add column credential jsonb,
    add column credential_id text collate "C",
    add column sign_count bigint not null default 0,
    add constraint mfa_device_kind check (kind in ('VIRTUAL', 'PASSKEY', 'HARDWARE')),
    add constraint mfa_device_proof check (
        case kind
            when 'PASSKEY' then credential is not null and credential_id is not null and seed_sealed is null
            else credential is null and credential_id is null and seed_sealed is not null
        end),
    add constraint mfa_device_credential_unique unique (account_id, credential_id);
comment on table mfa_device is 'MFA devices. Enabled without a user id one is root''s; not enabled it is nobody''s, and virtual.';
comment on column mfa_device.credential is 'A passkey''s public key with what its registration told of it, as webauthn-rs writes it. No secret.';
comment on column mfa_device.sign_count is 'The highest signature counter a passkey has shown; one that does not count stays at 0 (WebAuthn 2, section 6.1.1).';

alter table session
    add column passkey_state bytea,
    add column passkey_until timestamptz;
comment on column session.passkey_state is 'What this session''s last passkey challenge must be answered with, sealed for its purpose and whom it is about; taken away by the answer.';

create table hardware_token (
    serial_key text collate "C" not null,
    serial_number text not null,
    seed_sealed bytea not null,
    account_id text,
    imported_at timestamptz not null default now(),
    constraint hardware_token_pkey primary key (serial_key),
    constraint hardware_token_account_fkey foreign key (account_id) references account on delete set null
);
comment on table hardware_token is 'Hardware TOTP tokens as the operator loaded them. One that an account has assigned is no other''s; its seed lies sealed in that account''s mfa_device too. Directory.';
create index hardware_token_account on hardware_token (account_id) where account_id is not null;
