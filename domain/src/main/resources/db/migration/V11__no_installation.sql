-- Nothing has ever read it: resources are told apart by the marks that they carry.
drop table installation;
