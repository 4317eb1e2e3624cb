-- Whether a master key may be dropped.

create function mfa_seed_sealed_otherwise(prefixes bytea[], prefix_length integer) returns boolean
language plpgsql as $$
declare
    present text := current_setting('app.account', true);
    one text;
    found_one boolean := false;
begin
    -- Row-level security shows one account's devices at a time.
    for one in select account_id from account loop
        perform set_config('app.account', one, true);
        found_one := exists (
            select from mfa_device
            where account_id = one and substring(seed_sealed from 1 for 3) = 'US1'::bytea
              and not substring(seed_sealed from 1 for prefix_length) = any (prefixes));
        exit when found_one;
    end loop;
    perform set_config('app.account', coalesce(present, ''), true);
    return found_one;
end
$$;
comment on function mfa_seed_sealed_otherwise(bytea[], integer) is 'Whether any account has a device whose seed is sealed under a key of another name than those given: then a server without that key must not start.';
