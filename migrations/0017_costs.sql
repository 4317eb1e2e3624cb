-- The sandbox clock in the trail. Until now no operation could move an account's clock: all times there are real.

alter table trail add column sandbox_time bigint;
comment on column trail.sandbox_time is 'The account''s own time, where its sandbox clock is not at the real one; event_time is always the real time.';

-- The ledger's rows become line items, as a cost and usage report has them. Costs and quantities are exact decimals.

alter table spend drop constraint spend_amount_positive;
alter table spend alter column amount type numeric(27, 12) using amount / 1000000.0;
alter table spend rename column amount to unblended_cost;
alter table spend
    add column item_type text not null default 'Usage',
    add column usage_type text not null default '',
    add column operation text not null default '',
    add column region text not null default '',
    add column quantity numeric(27, 12) not null default 1,
    add column unit text not null default '',
    add column rate numeric(27, 12),
    add column blended_cost numeric(27, 12) not null default 0,
    add column amortized_cost numeric(27, 12) not null default 0,
    add column resource_id text,
    add column tags jsonb not null default '{}',
    add column free_tier boolean not null default false,
    add column entry_id uuid;
-- Row-level security hides the rows from an update, and from nothing that changes a column's type.
alter table spend
    alter column item_type type text using case when service = 'Tax' then 'Tax' else 'Usage' end,
    alter column blended_cost type numeric(27, 12) using unblended_cost,
    alter column amortized_cost type numeric(27, 12) using unblended_cost;
comment on table spend is 'The cost ledger: line items, of days to come too. Entered by hand, simulated or imported; never changed, only taken back.';
comment on column spend.entry_id is 'The cost_entry that brought it; null for a single amount.';

-- Both ways into a month end in the order of the pages.
drop index spend_by_day;
create index spend_by_day on spend (account_id, day desc, created_at desc, spend_id desc);
create index spend_by_service on spend (account_id, service, day desc, created_at desc, spend_id desc);
create index spend_of_entry on spend (account_id, entry_id) where entry_id is not null;

create table cost_entry (
    account_id text not null,
    entry_id uuid not null,
    kind text not null,
    title text not null,
    lines integer not null,
    unblended_cost numeric not null,
    digest bytea,
    created_at bigint not null,
    constraint cost_entry_pkey primary key (account_id, entry_id),
    constraint cost_entry_kind_known check (kind in ('USAGE', 'PLAN', 'CURVE', 'IMPORT')),
    constraint cost_entry_digest_unique unique (account_id, digest),
    constraint cost_entry_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table cost_entry is 'What brought many lines into the ledger at once, and takes them back together.';
comment on column cost_entry.digest is 'The SHA-256 of an imported file: the same one is not imported twice.';
create index cost_entry_by_time on cost_entry (account_id, created_at desc, entry_id desc);

create table spend_daily (
    account_id text not null,
    day date not null,
    service text collate "C" not null,
    item_type text collate "C" not null,
    usage_type text collate "C" not null,
    operation text collate "C" not null,
    region text collate "C" not null,
    unit text collate "C" not null,
    free_tier boolean not null,
    lines bigint not null,
    quantity numeric not null,
    unblended_cost numeric not null,
    blended_cost numeric not null,
    amortized_cost numeric not null,
    constraint spend_daily_pkey
        primary key (account_id, day, service, item_type, usage_type, operation, region, unit, free_tier),
    constraint spend_daily_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table spend_daily is 'The ledger summed up by day: whatever asks for sums reads this. Triggers of spend keep it, statement by statement, in the same transaction.';

create function spend_daily_add() returns trigger language plpgsql as $$
begin
    insert into spend_daily as d
        (account_id, day, service, item_type, usage_type, operation, region, unit, free_tier,
         lines, quantity, unblended_cost, blended_cost, amortized_cost)
    select account_id, day, service, item_type, usage_type, operation, region, unit, free_tier,
           count(*), sum(quantity), sum(unblended_cost), sum(blended_cost), sum(amortized_cost)
    from changed
    group by account_id, day, service, item_type, usage_type, operation, region, unit, free_tier
    on conflict on constraint spend_daily_pkey do update
        set lines = d.lines + excluded.lines,
            quantity = d.quantity + excluded.quantity,
            unblended_cost = d.unblended_cost + excluded.unblended_cost,
            blended_cost = d.blended_cost + excluded.blended_cost,
            amortized_cost = d.amortized_cost + excluded.amortized_cost;
    return null;
end
$$;
comment on function spend_daily_add is 'Adds new lines to the sums of their days.';

create function spend_daily_subtract() returns trigger language plpgsql as $$
begin
    update spend_daily d
    set lines = d.lines - c.lines,
        quantity = d.quantity - c.quantity,
        unblended_cost = d.unblended_cost - c.unblended_cost,
        blended_cost = d.blended_cost - c.blended_cost,
        amortized_cost = d.amortized_cost - c.amortized_cost
    from (
        select account_id, day, service, item_type, usage_type, operation, region, unit, free_tier, count(*) as lines,
               sum(quantity) as quantity, sum(unblended_cost) as unblended_cost, sum(blended_cost) as blended_cost,
               sum(amortized_cost) as amortized_cost
        from changed
        group by account_id, day, service, item_type, usage_type, operation, region, unit, free_tier
    ) c
    where (d.account_id, d.day, d.service, d.item_type, d.usage_type, d.operation, d.region, d.unit, d.free_tier)
        = (c.account_id, c.day, c.service, c.item_type, c.usage_type, c.operation, c.region, c.unit, c.free_tier);
    delete from spend_daily d using (select distinct account_id, day from changed) c
    where d.account_id = c.account_id and d.day = c.day and d.lines = 0;
    return null;
end
$$;
comment on function spend_daily_subtract is 'Takes lines that are gone out of the sums of their days.';

-- What the ledger holds already, which row-level security would hide: one policy of it is enough for both tables.
alter table spend no force row level security;
insert into spend_daily
    (account_id, day, service, item_type, usage_type, operation, region, unit, free_tier,
     lines, quantity, unblended_cost, blended_cost, amortized_cost)
select account_id, day, service, item_type, usage_type, operation, region, unit, free_tier,
       count(*), sum(quantity), sum(unblended_cost), sum(blended_cost), sum(amortized_cost)
from spend
group by account_id, day, service, item_type, usage_type, operation, region, unit, free_tier;

alter table account_count add column cost_lines integer not null default 0;
comment on column account_count.cost_lines is 'How many lines the ledger holds.';
alter table account_count no force row level security;
update account_count c set cost_lines = (select count(*) from spend s where s.account_id = c.account_id);
alter table account_count force row level security;
alter table spend force row level security;

create trigger spend_daily_add after insert on spend
    referencing new table as changed for each statement execute function spend_daily_add();
create trigger spend_daily_subtract after delete on spend
    referencing old table as changed for each statement execute function spend_daily_subtract();

create table billing_preference (
    account_id text not null,
    pdf_invoices boolean not null,
    free_tier_alerts boolean not null,
    free_tier_email text,
    billing_alerts_since bigint,
    constraint billing_preference_pkey primary key (account_id),
    constraint billing_preference_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table billing_preference is 'Billing preferences; without a row free tier alerts alone are on. Billing alerts have an instant instead of a switch: they stay on.';

create table free_tier_alert (
    account_id text not null,
    month date not null,
    family text collate "C" not null,
    fired_at bigint not null,
    constraint free_tier_alert_pkey primary key (account_id, month, family),
    constraint free_tier_alert_account_fkey foreign key (account_id) references account on delete cascade
);
comment on table free_tier_alert is 'Free tier alerts that were mailed, one a month and kind of usage.';

do $$
declare
    tenant text;
begin
    foreach tenant in array array['cost_entry', 'spend_daily', 'billing_preference', 'free_tier_alert'] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;

-- Costs of days to come: when the next of them is due.
alter table account add column costs_due_at bigint;
comment on column account.costs_due_at is 'When, by the account''s clock, the next day begins that has costs in the ledger already; null if none has.';
create index account_costs_due on account ((costs_due_at - clock_offset_ms)) where costs_due_at is not null;

-- Two days are asked for from here on: with one alone, whoever still asks so is told by Postgres, not by a wrong sum.
drop function budget_actual(budget, date);
create function budget_actual(budget budget, month date, today date) returns bigint language sql stable as $$
    select coalesce(round(sum(s.unblended_cost) * 1000000), 0)::bigint from spend_daily s
    where s.account_id = (budget).account_id
      and s.day >= greatest(month, (to_timestamp((budget).starts_at / 1000) at time zone 'UTC')::date)
      and s.day < (month + interval '1 month')::date
      and s.day <= today
      and ((budget).ends_at is null or s.day < to_timestamp((budget).ends_at / 1000) at time zone 'UTC')
      and ((budget).cost_types ->> 'IncludeTax' = 'true' or s.item_type <> 'Tax')
      and ((budget).cost_types ->> 'IncludeSupport' = 'true' or s.service not like 'AWS Support%')
$$;
comment on function budget_actual is 'What of the costs of a month, up to a day, counts against a budget, in millionths of a dollar.';
