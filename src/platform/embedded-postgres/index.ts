/** 內嵌資料庫: a real PostgreSQL from npm binaries, for evaluation, development and tests. */
export { EmbeddedPostgresError } from './fault.ts';
export { ownerLives, stopOrphan } from './orphan.ts';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts';
