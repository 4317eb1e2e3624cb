-- Budgets that end.

alter table budget add column ends_at bigint;
alter table budget add constraint budget_ends_after_start check (ends_at > starts_at);
comment on column budget.ends_at is 'From this instant on nothing counts against it any more; null for a budget that recurs without end.';

create or replace function budget_actual(budget budget, month date) returns bigint language sql stable as $$
    select coalesce(sum(s.amount), 0)::bigint from spend s
    where s.account_id = (budget).account_id
      and s.day >= greatest(month, (to_timestamp((budget).starts_at / 1000) at time zone 'UTC')::date)
      and s.day < (month + interval '1 month')::date
      and ((budget).ends_at is null or s.day < to_timestamp((budget).ends_at / 1000) at time zone 'UTC')
      and ((budget).cost_types ->> 'IncludeTax' = 'true' or s.service <> 'Tax')
      and ((budget).cost_types ->> 'IncludeSupport' = 'true' or s.service not like 'AWS Support%')
$$;
