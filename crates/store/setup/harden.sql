-- Takes from PUBLIC what tells one database about another on the same server: sizes, activity,
-- statistics, locks, transaction and log counters. Run as superuser in each of the two databases;
-- the embedded server does so, the administrator of another server should.
do $$
declare
    what record;
begin
    -- Once is enough, and a start should be quick.
    if not has_function_privilege('portal_reader', 'pg_catalog.pg_database_size(oid)', 'execute') then
        return;
    end if;
    for what in
        select p.oid::regprocedure as name from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f' and p.proname ~
            '^(pg_stat_|pg_lock|pg_blocking_pids|pg_safe_snapshot|pg_isolation|pg_prepared_xact|pg_database_size|pg_tablespace|txid_|pg_current_|pg_snapshot|pg_xact|pg_last_|pg_.*wal|pg_.*replication|pg_get_multixact|pg_mxid|pg_show_all_file|lo_|lowrite|loread|pg_export_snapshot|pg_.*logical)'
    loop
        execute format('revoke execute on function %s from public', what.name);
    end loop;
    for what in
        select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v') and c.relname ~
            '^(pg_stat_.*|pg_statio_.*|pg_locks|pg_prepared_xacts|pg_database|pg_db_role_setting|pg_shdepend|pg_shdescription|pg_shseclabel|pg_tablespace|pg_replication_.*|pg_subscription|pg_largeobject_metadata)$'
    loop
        execute format('revoke all on %s from public', what.name);
    end loop;
end $$;
