-- Budgets, the cost ledger they watch, and root's switch that lets IAM users see either. Money is whole millionths of
-- a US dollar.

alter table account add column billing_iam_access boolean not null default false;
comment on column account.billing_iam_access is 'Root''s switch "IAM user and role access to billing information".';

alter table account_count add column budgets integer not null default 0;

create table spend (
    account_id text not null,
    spend_id uuid not null,
    day date not null,
    service text not null,
    amount bigint not null,
    note text,
    created_at bigint not null,
    constraint spend_pkey primary key (account_id, spend_id),
    constraint spend_amount_positive check (amount > 0),
    constraint spend_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table spend is 'The cost ledger: what services would have cost, entered by hand or by a client.';
create index spend_by_day on spend (account_id, day desc, created_at desc, spend_id);

create table budget (
    account_id text not null,
    budget_id uuid not null,
    name text collate "C" not null,
    amount bigint not null,
    cost_types jsonb not null,
    starts_at bigint not null,
    updated_at bigint not null,
    constraint budget_pkey primary key (account_id, budget_id),
    constraint budget_name_unique unique (account_id, name),
    constraint budget_amount_positive check (amount > 0),
    constraint budget_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table budget is 'Monthly cost budgets with a fixed limit.';

create table budget_notification (
    account_id text not null,
    notification_id uuid not null,
    budget_id uuid not null,
    percentage boolean not null,
    threshold bigint not null,
    created_at bigint not null,
    constraint budget_notification_pkey primary key (account_id, notification_id),
    constraint budget_notification_unique unique (account_id, budget_id, percentage, threshold),
    constraint budget_notification_threshold_positive check (threshold > 0),
    constraint budget_notification_budget_fkey foreign key (account_id, budget_id) references budget on delete cascade
);
comment on table budget_notification is 'When a budget alerts: above a threshold in millionths of a per cent of its amount, or of a dollar.';

create table budget_subscriber (
    account_id text not null,
    notification_id uuid not null,
    address_key text collate "C" not null,
    address text not null,
    constraint budget_subscriber_pkey primary key (account_id, notification_id, address_key),
    constraint budget_subscriber_notification_fkey foreign key (account_id, notification_id)
        references budget_notification on delete cascade
);
comment on table budget_subscriber is 'Whom an alert is mailed to; address_key is the address in lower case.';

create table budget_alert (
    account_id text not null,
    budget_id uuid not null,
    notification_id uuid not null,
    period date not null,
    fired_at bigint not null,
    actual bigint not null,
    constraint budget_alert_pkey primary key (account_id, budget_id, notification_id, period),
    constraint budget_alert_notification_fkey foreign key (account_id, notification_id)
        references budget_notification on delete cascade
);
comment on table budget_alert is 'Alerts that went off, one a notification and month: written with the mails, so that none is doubled or lost.';

create function budget_actual(budget budget, month date) returns bigint language sql stable as $$
    select coalesce(sum(s.amount), 0)::bigint from spend s
    where s.account_id = (budget).account_id
      and s.day >= greatest(month, (to_timestamp((budget).starts_at / 1000) at time zone 'UTC')::date)
      and s.day < (month + interval '1 month')::date
      and ((budget).cost_types ->> 'IncludeTax' = 'true' or s.service <> 'Tax')
      and ((budget).cost_types ->> 'IncludeSupport' = 'true' or s.service not like 'AWS Support%')
$$;
comment on function budget_actual is 'What of the costs of a month counts against a budget.';

-- A product of two bigints: exact only as numeric.
create function budget_is_passed(notification budget_notification, amount bigint, actual bigint) returns boolean
    language sql immutable as $$
    select case when (notification).percentage then actual::numeric * 100000000 > amount::numeric * (notification).threshold
                else actual > (notification).threshold end
$$;
comment on function budget_is_passed is 'Whether an actual cost is above a notification''s threshold of a budget''s amount.';

do $$
declare
    tenant text;
begin
    foreach tenant in array array['spend', 'budget', 'budget_notification', 'budget_subscriber', 'budget_alert'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;
