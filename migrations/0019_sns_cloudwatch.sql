-- SNS: topics and who subscribed to them. CloudWatch: metrics, alarms and what became of them.

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

alter table account_count add column alarms integer not null default 0;
alter table account_count add column metrics integer not null default 0;
alter table account add column alarms_due_at timestamptz;
comment on column account.alarms_due_at is 'When a worker looks at the account''s alarms next; null while there are none.';
create index account_alarms_due on account (alarms_due_at) where alarms_due_at is not null;

create table cloudwatch_metric (
    account_id text not null,
    metric_id uuid not null,
    region text collate "C" not null,
    namespace text collate "C" not null,
    name text collate "C" not null,
    dimensions_key text collate "C" not null,
    dimensions jsonb not null,
    last_at bigint not null,
    constraint cloudwatch_metric_pkey primary key (account_id, metric_id),
    constraint cloudwatch_metric_unique unique (account_id, region, namespace, name, dimensions_key),
    constraint cloudwatch_metric_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table cloudwatch_metric is 'Metrics that programs put data into. dimensions_key is the dimensions'' JSON in the order of their names; last_at when the newest datum is of.';

create table cloudwatch_datum (
    account_id text not null,
    metric_id uuid not null,
    minute bigint not null,
    unit text collate "C" not null,
    samples double precision not null,
    total double precision not null,
    smallest double precision not null,
    largest double precision not null,
    kept_until timestamptz not null default now() + interval '63 days',
    constraint cloudwatch_datum_pkey primary key (account_id, metric_id, minute, unit),
    constraint cloudwatch_datum_metric_fkey foreign key (account_id, metric_id)
        references cloudwatch_metric on delete cascade
);
comment on table cloudwatch_datum is 'What was put into a metric in one minute in one unit, summed up. minute is its first millisecond by the account''s clock.';

create table cloudwatch_alarm (
    account_id text not null,
    region text collate "C" not null,
    name text collate "C" not null,
    configuration jsonb not null,
    namespace text collate "C" not null,
    metric_name text collate "C" not null,
    dimensions_key text collate "C" not null,
    actions_enabled boolean not null,
    state text not null,
    state_reason text not null,
    state_reason_data text,
    state_updated_at bigint not null,
    state_transitioned_at bigint not null,
    configured_at bigint not null,
    constraint cloudwatch_alarm_pkey primary key (account_id, region, name),
    constraint cloudwatch_alarm_state_known check (state in ('OK', 'ALARM', 'INSUFFICIENT_DATA')),
    constraint cloudwatch_alarm_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table cloudwatch_alarm is 'Alarms on one metric with a static threshold; configuration is the call that put it.';
create index cloudwatch_alarm_in_alarm on cloudwatch_alarm (account_id) where state = 'ALARM';
create index cloudwatch_alarm_by_metric on cloudwatch_alarm (account_id, region, namespace, metric_name);

-- When the first cost was entered; those of an entry say so in cost_entry.
create index spend_alone on spend (account_id, created_at) where entry_id is null;

create table cloudwatch_history (
    account_id text not null,
    history_id uuid not null,
    region text collate "C" not null,
    alarm_name text collate "C" not null,
    at bigint not null,
    place integer not null,
    kind text not null,
    summary text not null,
    data text not null,
    kept_until timestamptz not null default now() + interval '30 days',
    constraint cloudwatch_history_pkey primary key (account_id, history_id),
    constraint cloudwatch_history_kind_known check (kind in ('ConfigurationUpdate', 'StateUpdate', 'Action')),
    constraint cloudwatch_history_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table cloudwatch_history is 'What became of alarms; it outlives them. place orders what one transaction wrote.';
create index cloudwatch_history_by_alarm on cloudwatch_history (account_id, region, alarm_name, at desc, place desc);

do $$
declare
    tenant text;
begin
    foreach tenant in array array[
        'sns_topic', 'sns_subscription', 'cloudwatch_metric', 'cloudwatch_datum', 'cloudwatch_alarm',
        'cloudwatch_history'
    ] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;

-- The sweeper knows no account: it may delete what is past its time, of any account, and see nothing else.
create policy cloudwatch_datum_sweep on cloudwatch_datum for delete using (kept_until < now());
create policy cloudwatch_history_sweep on cloudwatch_history for delete using (kept_until < now());
