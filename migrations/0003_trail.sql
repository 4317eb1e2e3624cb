-- The audit trail: one row per call, append-only even for the role that owns it. It outlives its account.

create table trail (
    account_id text not null,
    event_id uuid not null,
    event_time bigint not null,
    source text not null,
    service text not null,
    name text not null,
    read_only boolean not null,
    principal_type text not null,
    principal_id text not null,
    principal_arn text not null,
    user_name text,
    access_key_id text,
    resources jsonb not null,
    request jsonb,
    response jsonb,
    error_code text,
    error_message text,
    source_ip text,
    user_agent text,
    request_id text not null,
    constraint trail_pkey primary key (account_id, event_id),
    constraint trail_source_known check (source in ('console', 'api', 'service', 'operator'))
);
comment on table trail is 'One row per call, in CloudTrail''s shape, written in the transaction of its effect.';
create index trail_by_time on trail (account_id, event_time desc, event_id);

revoke update, delete, truncate on trail from public, current_user;
