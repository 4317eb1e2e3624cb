-- What people may know of their own browsers, reports that are thrown away, and tokens that remember what they showed.

alter table session
    add column session_id uuid not null default gen_random_uuid(),
    add column last_used_at bigint,
    add column source_ip text,
    add column user_agent text,
    add constraint session_public_id_unique unique (session_id);
comment on column session.session_id is 'What the session''s principal calls it by: it opens nothing, and says nothing of the id whose hash is the key.';
comment on column session.last_used_at is 'When its principal last asked for a page, to the minute; with the address and the browser of that request.';

alter table hardware_token add column used_steps bigint[] not null default '{}';
comment on column hardware_token.used_steps is 'Time steps whose codes have served, kept while nobody has the token: a code serves once, whoever has it next.';

alter table access_report add column made_at timestamptz not null default now();
comment on column access_report.made_at is 'By the real clock: the sweeper knows no account''s own.';
-- The sweeper knows no account: it may delete reports that nobody can read any more, of any account, and see none.
create policy access_report_sweep on access_report for delete using (made_at < now() - interval '24 hours');
