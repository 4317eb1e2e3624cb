-- SNS: topics and who subscribed to them.

alter table account_count add column topics integer not null default 0;

create table sns_topic (
    account_id text not null,
    region text collate "C" not null,
    name text collate "C" not null,
    display_name text not null default '',
    policy text,
    tags jsonb not null default '[]',
    subscriptions integer not null default 0,
    subscriptions_deleted integer not null default 0,
    created_at bigint not null,
    constraint sns_topic_pkey primary key (account_id, region, name),
    constraint sns_topic_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table sns_topic is 'Topics. Without a policy of its own a topic has the one that AWS gives a new topic. subscriptions counts all that are there, confirmed or not.';

create table sns_subscription (
    account_id text not null,
    subscription_id uuid not null,
    region text collate "C" not null,
    topic text collate "C" not null,
    protocol text not null,
    endpoint_key text collate "C" not null,
    endpoint text not null,
    token_hash bytea not null,
    created_at bigint not null,
    confirmed_at bigint,
    authenticated boolean not null default false,
    authenticate_on_unsubscribe boolean not null default false,
    constraint sns_subscription_pkey primary key (account_id, subscription_id),
    constraint sns_subscription_unique unique (account_id, region, topic, protocol, endpoint_key),
    constraint sns_subscription_protocol_known check (protocol in ('email', 'email-json')),
    constraint sns_subscription_topic_fkey foreign key (account_id, region, topic)
        references sns_topic on delete cascade
);
comment on table sns_subscription is 'Who gets a topic''s messages. token_hash is the SHA-256 of what the newest confirmation mail carries; endpoint_key the address in lower case. Unconfirmed for three days a row counts as gone.';
create index sns_subscription_by_region on sns_subscription (account_id, region, subscription_id);

do $$
declare
    tenant text;
begin
    foreach tenant in array array['sns_topic', 'sns_subscription'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;
