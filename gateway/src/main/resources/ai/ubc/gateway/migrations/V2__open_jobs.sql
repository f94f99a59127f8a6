-- Duties are asked for often and only open jobs have any, so these stay as short as what is open.
create index job_open_provider on job (provider) where state <> 'CLOSED';
create index job_open_requester on job (requester) where state <> 'CLOSED';
create index job_open_state on job (state) where state <> 'CLOSED';
