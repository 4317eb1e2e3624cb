-- Every tenant is blind to every other: a query that forgets its account finds nothing.

do $$
declare
    tenant text;
begin
    foreach tenant in array array[
        'account_count', 'iam_user', 'login_profile', 'iam_group', 'group_member', 'attachment', 'tag',
        'password_policy', 'preference', 'form_token', 'trail'
    ] loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy %I on %I using (account_id = current_setting(''app.account'', true))'
            ' with check (account_id = current_setting(''app.account'', true))',
            tenant || '_own_account', tenant);
    end loop;
end
$$;

-- The sweeper knows no account: it may delete form tokens that have served, of any account, and see none.
create policy form_token_sweep on form_token for delete using (created_at < now() - interval '24 hours');
