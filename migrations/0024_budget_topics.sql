-- Alerts of budgets go to topics, too.

alter table budget_subscriber
    add column kind text not null default 'EMAIL',
    add column fault text,
    add constraint budget_subscriber_kind_known check (kind in ('EMAIL', 'SNS'));
comment on table budget_subscriber is 'Whom an alert goes to: mail addresses, address_key being the address in lower case, and at most one topic.';
comment on column budget_subscriber.fault is 'Why the last alert could not be published to the topic; null if it could.';
