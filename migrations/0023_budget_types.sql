-- Budgets of all types, periods and ways to set their amount. Amounts are whole millionths of the budget's unit: of a US
-- dollar, of an hour, of a per cent.

alter table budget
    alter column amount drop not null,
    add column budget_type text not null default 'COST',
    add column time_unit text not null default 'MONTHLY',
    add column unit text not null default 'USD',
    add column filters jsonb not null default '{}',
    add column planned jsonb,
    add column adjust_by text,
    add column look_back integer,
    add constraint budget_type_known check (budget_type in
        ('COST', 'USAGE', 'RI_UTILIZATION', 'RI_COVERAGE', 'SAVINGS_PLANS_UTILIZATION', 'SAVINGS_PLANS_COVERAGE')),
    add constraint budget_time_unit_known check (time_unit in ('DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY')),
    add constraint budget_adjust_by_known check (adjust_by in ('HISTORICAL', 'FORECAST')),
    add constraint budget_one_method check (num_nonnulls(amount, planned, adjust_by) = 1);
comment on table budget is 'Budgets: what may be spent, used or must be covered in each period.';
comment on column budget.amount is 'The fixed amount, in millionths of the unit; null where it is planned or adjusts itself.';
comment on column budget.filters is 'Which lines count: a list of values for each dimension.';
comment on column budget.planned is 'Amounts in millionths by the first day of their period; the last one stays.';
comment on column budget.look_back is 'How many periods a HISTORICAL amount is the average of.';

alter table budget_notification
    add column forecasted boolean not null default false,
    drop constraint budget_notification_unique,
    add constraint budget_notification_unique unique (account_id, budget_id, forecasted, percentage, threshold);
comment on table budget_notification is 'When a budget alerts: past a threshold in millionths of a per cent of its amount, or of its unit. Costs and usage pass it upwards, utilization and coverage downwards.';

alter table budget_alert
    add column crossing integer not null default 1,
    add column fell boolean not null default false,
    add column seen bigint not null default 0,
    drop constraint budget_alert_pkey,
    add constraint budget_alert_pkey primary key (account_id, budget_id, notification_id, period, crossing);
comment on table budget_alert is 'Alerts that went off, one a notification, period and crossing, written with the mails: none is doubled or lost. Only forecasts cross more than once.';
comment on column budget_alert.fell is 'The forecast has been below its threshold since: the next crossing is a new one.';
comment on column budget_alert.seen is 'The actual amount that was looked at last: between two looks a forecast can only have fallen.';

create function budget_period(time_unit text, day date) returns date language sql immutable as $$
    select date_trunc(
        case time_unit when 'DAILY' then 'day' when 'MONTHLY' then 'month' when 'QUARTERLY' then 'quarter' else 'year' end,
        day::timestamp)::date
$$;
comment on function budget_period is 'The first day of the period that a day lies in; periods are those of the calendar, UTC.';

create function budget_period_after(time_unit text, period date, periods integer) returns date language sql immutable as $$
    select (period + periods * case time_unit when 'DAILY' then interval '1 day' when 'MONTHLY' then interval '1 month'
                                              when 'QUARTERLY' then interval '3 months' else interval '1 year' end)::date
$$;
comment on function budget_period_after is 'The period so many later, or earlier.';

create function budget_millis(day date) returns bigint language sql immutable as $$
    select (extract(epoch from day::timestamp) * 1000)::bigint
$$;
comment on function budget_millis is 'The first instant of a day, UTC.';

-- Line item types are those of the cost and usage report (User Guide, "lineItem/LineItemType").
create function budget_includes(types jsonb, service text, item_type text) returns boolean language sql immutable as $$
    select types ->> case
        when item_type = 'Tax' then 'IncludeTax'
        when item_type = 'Credit' then 'IncludeCredit'
        when item_type = 'Refund' then 'IncludeRefund'
        when item_type like '%Discount' then 'IncludeDiscount'
        when service like 'AWS Support%' then 'IncludeSupport'
        when item_type in ('RIFee', 'SavingsPlanRecurringFee') then 'IncludeRecurring'
        when item_type = 'SavingsPlanUpfrontFee' then 'IncludeUpfront'
        when item_type = 'Fee' and service ~ '(Elastic Compute Cloud|EC2|Relational Database|RDS|ElastiCache|Redshift|OpenSearch|Elasticsearch|DynamoDB|Savings Plans)'
            then 'IncludeUpfront'
        when item_type = 'Fee' then 'IncludeOtherSubscription'
        else 'IncludeUsage'
    end is distinct from 'false'
    and (types ->> 'IncludeSubscription' is distinct from 'false'
         or item_type not in ('Fee', 'RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee'))
$$;
comment on function budget_includes is 'Whether a budget''s cost types let a line count; usage always does.';

create function budget_counts(b budget, service text, item_type text, usage_type text, operation text, region text)
    returns boolean language sql immutable as $$
    select ((b).filters -> 'Service' is null or (b).filters -> 'Service' ? service)
       and ((b).filters -> 'UsageType' is null or (b).filters -> 'UsageType' ? usage_type)
       and ((b).filters -> 'Operation' is null or (b).filters -> 'Operation' ? operation)
       and ((b).filters -> 'Region' is null or (b).filters -> 'Region' ? region)
       and ((b).filters -> 'LinkedAccount' is null or (b).filters -> 'LinkedAccount' ? (b).account_id)
       and case (b).budget_type when 'COST' then budget_includes((b).cost_types, service, item_type)
                                when 'USAGE' then item_type in ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
                                else true end
$$;
comment on function budget_counts is 'Whether a line counts against a budget, but for its tags.';

create function budget_has_tags(b budget, tags jsonb) returns boolean language sql immutable as $$
    select not exists (
        select from (select distinct substring(split_part(value, '$', 1) from 6) as key
                     from jsonb_array_elements_text((b).filters -> 'TagKeyValue')) wanted
        where not (b).filters -> 'TagKeyValue' ? ('user:' || wanted.key || '$' || coalesce(tags ->> wanted.key, '')))
$$;
comment on function budget_has_tags is 'Whether a line has one of the wanted values of each wanted key: user:key$value, or user:key$ for none.';

-- Sums know no tags: only budgets that ask for some read the lines themselves.
create function budget_lines(b budget, first date, last date)
    returns table (item_type text, service text, usage_type text, quantity numeric, unblended numeric, blended numeric, amortized numeric)
    language sql stable as $$
    select s.item_type, s.service, s.usage_type, s.quantity, s.unblended_cost, s.blended_cost, s.amortized_cost
    from spend_daily s
    where not (b).filters ? 'TagKeyValue' and s.account_id = (b).account_id and s.day between first and last
      and budget_counts(b, s.service, s.item_type, s.usage_type, s.operation, s.region)
    union all
    select s.item_type, s.service, s.usage_type, s.quantity, s.unblended_cost, s.blended_cost, s.amortized_cost
    from spend s
    where (b).filters ? 'TagKeyValue' and s.account_id = (b).account_id and s.day between first and last
      and budget_counts(b, s.service, s.item_type, s.usage_type, s.operation, s.region)
      and budget_has_tags(b, s.tags)
$$;
comment on function budget_lines is 'What counts against a budget from one day to another, both among them.';

create function budget_millionths(amount numeric) returns bigint language sql immutable as $$
    -- least and greatest take no notice of a null.
    select case when amount is not null
        then least(greatest(round(amount), -9000000000000000000), 9000000000000000000)::bigint end
$$;
comment on function budget_millionths is 'As a bigint, which an import''s largest sums would not fit.';

-- Utilization: what was used of what was bought. Coverage: what of the usage that could be covered was. A part of nothing
-- is null: no data.
create function budget_value(b budget, first date, last date) returns bigint language sql stable as $$
    select budget_millionths(case (b).budget_type
        when 'COST' then 1000000 * coalesce(sum(case
            when (b).cost_types ->> 'UseBlended' = 'true' then l.blended
            when (b).cost_types ->> 'UseAmortized' = 'true' then l.amortized
            else l.unblended end), 0)
        when 'USAGE' then 1000000 * coalesce(sum(l.quantity), 0)
        when 'RI_UTILIZATION' then
            100000000 * coalesce(sum(l.quantity) filter (where l.item_type = 'DiscountedUsage'), 0)
            / nullif(sum(l.quantity) filter (where l.item_type = 'RIFee'), 0)
        when 'RI_COVERAGE' then 100000000 * coalesce(sum(l.quantity) filter (where l.item_type = 'DiscountedUsage'), 0)
            / nullif(sum(l.quantity) filter (where l.item_type = 'DiscountedUsage' or l.item_type = 'Usage'
                and l.usage_type ~ '(BoxUsage|HeavyUsage|InstanceUsage|Multi-AZUsage|NodeUsage|Node:|ESInstance)'), 0)
        when 'SAVINGS_PLANS_UTILIZATION' then
            100000000 * coalesce(sum(l.amortized) filter (where l.item_type = 'SavingsPlanCoveredUsage'), 0)
            / nullif(coalesce(sum(l.amortized) filter (where l.item_type = 'SavingsPlanCoveredUsage'), 0)
                     + coalesce(sum(l.amortized) filter (where l.item_type = 'SavingsPlanRecurringFee'), 0), 0)
        else 100000000 * coalesce(sum(l.unblended) filter (where l.item_type = 'SavingsPlanCoveredUsage'), 0)
            / nullif(sum(l.unblended) filter (where l.item_type = 'SavingsPlanCoveredUsage' or l.item_type = 'Usage'
                and l.usage_type ~ '(BoxUsage|Fargate|Lambda-GB-Second|Lambda-Provisioned)'), 0)
    end)
    from budget_lines(b, first, last) l
$$;
comment on function budget_value is 'What the costs, the usage or the ratio of some days comes to, in millionths of the budget''s unit.';

drop function budget_actual(budget, date, date);
create function budget_actual(b budget, period date, today date) returns bigint language sql stable as $$
    select budget_value(
        b,
        greatest(period, (to_timestamp((b).starts_at / 1000) at time zone 'UTC')::date),
        least(budget_period_after((b).time_unit, period, 1) - 1, today,
              (to_timestamp(((b).ends_at - 1) / 1000) at time zone 'UTC')::date))
$$;
comment on function budget_actual is 'What a period has come to by a day, within the budget''s own time.';

create function budget_known_periods(b budget, period date) returns integer language sql stable as $$
    select count(*)::integer
    from generate_series(
             (select budget_period((b).time_unit, min(day)) from spend_daily where account_id = (b).account_id)::timestamp,
             budget_period_after((b).time_unit, period, -1)::timestamp,
             case (b).time_unit when 'DAILY' then interval '1 day' when 'MONTHLY' then interval '1 month'
                                when 'QUARTERLY' then interval '3 months' else interval '1 year' end)
$$;
comment on function budget_known_periods is 'How many periods before this one the ledger goes back.';

-- HISTORICAL: the average of the periods looked back on, as far as the ledger goes back. FORECAST: the last period with
-- the average growth of up to six periods (a random walk with drift).
create function budget_adjusted(b budget, period date) returns bigint language sql stable as $$
    select case
        when k.periods = 0 then null
        when (b).adjust_by = 'HISTORICAL' then greatest(0, div(
            budget_value(b, budget_period_after((b).time_unit, period, -k.periods), period - 1)::numeric, k.periods::numeric))
        else greatest(0, s.last + case when k.periods = 1 then 0 else div(s.last - s.first, (k.periods - 1)::numeric) end)
    end::bigint
    from (select least(case when (b).adjust_by = 'HISTORICAL' then (b).look_back else 6 end,
                       budget_known_periods(b, period)) as periods) k
    cross join lateral (
        select budget_value(b, budget_period_after((b).time_unit, period, -1), period - 1)::numeric as last,
               budget_value(b, budget_period_after((b).time_unit, period, -k.periods),
                            budget_period_after((b).time_unit, period, 1 - k.periods) - 1)::numeric as first) s
$$;
comment on function budget_adjusted is 'The amount that a budget gives itself for a period out of those before; null without any.';

create function budget_amount(b budget, period date) returns bigint language sql stable as $$
    select case
        when (b).amount is not null then (b).amount
        when (b).planned is not null then coalesce(
            (select value::bigint from jsonb_each_text((b).planned) where key collate "C" <= to_char(period, 'YYYY-MM-DD') order by key collate "C" desc limit 1),
            (select value::bigint from jsonb_each_text((b).planned) order by key collate "C" limit 1))
        else budget_adjusted(b, period)
    end
$$;
comment on function budget_amount is 'A budget''s amount in a period, in millionths of its unit.';

-- From the third day on: what the rest of the period brings if it goes on as so far. Whole cents are as exact as a guess
-- can be. It grows with the actual amount, and of the same amount it only falls in time.
create function budget_forecast(b budget, period date, actual bigint, now bigint) returns bigint language sql immutable as $$
    select case when (b).budget_type in ('COST', 'USAGE') and (b).time_unit <> 'DAILY'
                 and now >= t.begins + 172800000 and now < t.ends
                then budget_millionths(div(actual::numeric * (t.ends - t.begins), (now - t.begins)::numeric * 10000) * 10000) end
    from (select greatest(budget_millis(period), (b).starts_at) as begins,
                 least(budget_millis(budget_period_after((b).time_unit, period, 1)), (b).ends_at) as ends) t
$$;
comment on function budget_forecast is 'What a period will come to at this pace; null where nothing can be said.';

create function budget_standing(b budget, now bigint)
    returns table (period date, amount bigint, actual bigint, forecast bigint) language sql stable as $$
    select p.period, budget_amount(b, p.period), a.actual, budget_forecast(b, p.period, a.actual, now)
    from (select (to_timestamp(now / 1000) at time zone 'UTC')::date as today) t
    cross join lateral (select budget_period((b).time_unit, t.today) as period) p
    cross join lateral (select budget_actual(b, p.period, t.today) as actual) a
$$;
comment on function budget_standing is 'Where a budget stands at an instant.';

drop function budget_is_passed(budget_notification, bigint, bigint);
create function budget_is_passed(b budget, n budget_notification, amount bigint, value bigint)
    returns boolean language sql immutable as $$
    select coalesce(case
        when (b).budget_type not in ('COST', 'USAGE') then value::numeric * 100000000 < amount::numeric * (n).threshold
        when (n).percentage then value::numeric * 100000000 > amount::numeric * (n).threshold
        else value > (n).threshold
    end, false)
$$;
comment on function budget_is_passed is 'Whether a value is past a notification''s threshold: above it for costs and usage, below it for utilization and coverage.';

create function budget_forecast_due(b budget, now bigint) returns bigint language sql immutable as $$
    select min(due) from (
        select greatest(budget_millis(budget_period_after(
                   (b).time_unit, budget_period((b).time_unit, (to_timestamp(now / 1000) at time zone 'UTC')::date), periods)),
               (b).starts_at) + 172800000 as due
        from generate_series(0, 1) periods) t
    where due > now and due < coalesce((b).ends_at, due + 1)
$$;
comment on function budget_forecast_due is 'When a budget next begins to have a forecast: time alone can then set an alert off.';
comment on column account.costs_due_at is 'When, by the account''s clock, time alone may next set an alert off: a day begins that has costs in the ledger already, or a budget''s forecast does. Null if never.';
