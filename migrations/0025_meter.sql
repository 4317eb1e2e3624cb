-- What exists here is metered: alarms, by the hour, at list prices.

alter table account add column metered_until bigint;
comment on column account.metered_until is 'The hour up to which the account''s alarms have been metered, by its own clock; null while it has none.';

alter table cost_entry drop constraint cost_entry_kind_known;
alter table cost_entry add constraint cost_entry_kind_known
    check (kind in ('USAGE', 'PLAN', 'CURVE', 'IMPORT', 'METER'));

create unique index cost_entry_meter_unique on cost_entry (account_id, title) where kind = 'METER';
