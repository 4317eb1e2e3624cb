-- A trail goes with its account.

create function purge_trail(deleted text) returns void language plpgsql as $$
begin
    -- One at a time: two that change the table's privileges at once would fail.
    perform pg_advisory_xact_lock(hashtext('purge_trail'));
    -- Nobody else sees the privilege: it is gone again when the transaction commits.
    grant delete on trail to current_user;
    delete from trail where account_id = deleted;
    revoke delete on trail from current_user;
end
$$;
comment on function purge_trail(text) is 'Deletes what is known of an account that is deleted; otherwise the trail is append-only.';
