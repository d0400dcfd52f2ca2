-- How far an administrator has seen the notices of all projects' clouds is kept under 'federation', which is no project.
alter table notice_seen drop constraint notice_seen_project_fkey;
