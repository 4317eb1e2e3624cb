-- The sandbox clock in the trail. Until now no operation could move an account's clock: all times there are real.

alter table trail add column sandbox_time bigint;
comment on column trail.sandbox_time is 'The account''s own time, where its sandbox clock is not at the real one; event_time is always the real time.';
