-- The outbox made complete: where a mail goes, how long it is worth sending, who holds it, and how the mail server is.

alter table mail
    add column destination text generated always as (lower(substring(recipient from '[^@]*$'))) stored,
    add column give_up_at timestamptz not null default now() + interval '4 days',
    add column lease uuid,
    drop constraint mail_state_known,
    add constraint mail_state_known check (state in ('inbox', 'queued', 'sent', 'failed', 'kept', 'discarded'));
comment on column mail.destination is 'The domain that it goes to: no domain has more than a few mails on their way at once, so that none holds up the others.';
comment on column mail.give_up_at is 'When it is not worth sending any more: with the code or the link that it holds, or after four days.';
comment on column mail.lease is 'Whoever claimed it last; only they may say what became of it.';

-- By destination, so that a claim takes a few of each and never walks through the backlog of one.
drop index mail_queue;
create index mail_queue on mail (destination, not_before) where state = 'queued';
create index mail_on_its_way on mail (destination) where state = 'queued' and lease is not null;
create index mail_undelivered on mail (state, created_at desc, mail_id desc) where state in ('queued', 'failed');

create table mail_server (
    only_row boolean not null default true,
    failures integer not null default 0,
    since timestamptz,
    paused_until timestamptz not null default now(),
    why text,
    constraint mail_server_pkey primary key (only_row),
    constraint mail_server_only_row_true check (only_row)
);
comment on table mail_server is 'One row: how often in a row the mail server itself did not work, since when and why, and until when nobody asks it. Directory.';
insert into mail_server default values;
