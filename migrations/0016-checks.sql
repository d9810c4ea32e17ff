-- Reserved for its module; replaced by the module's own migration of this number.
select 1;
