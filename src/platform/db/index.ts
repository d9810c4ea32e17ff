/** 資料庫: pool, transactions, batching, migrations. The only importer of `pg` beside the embedded server. */
export { type Batcher, createBatcher, type Submitted } from './batcher.ts';
export { MigrationFault, migrate, readMigrations } from './migrate.ts';
export { type ConnectionOptions, DatabaseBusy, type Db, openDatabase, singleConnection } from './pool.ts';
export { type LoginStanding, standingOf } from './role.ts';
export type { Database } from './schema.ts';
export { inTransaction, sqlState, type Tx, violatedConstraint } from './transaction.ts';
