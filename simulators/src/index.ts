/**
 * @lianshu/simulators: working doubles of the outside world, faithful to the wire and never kinder than the
 * real thing. Wire formats: identity.md §§2–5. Only `src/demo.ts` and tests import this package.
 */
export {
  AUTHORITY_BASE_URL,
  type AuthorityOptions,
  type CardOptions,
  type PinnedAnchor,
  SimulatedAuthority,
} from './ca/authority.ts';
export { AUTHORITY_PORT, type AuthorityServer, startAuthorityServer } from './ca/authority-server.ts';
export type { ServiceClient } from './ca/authority-state.ts';
export { REAL_LIST_ENTRIES } from './ca/revocation-list.ts';
export { type Bend, type BendCode, type BendRequest, bends } from './cards/bends.ts';
export type { SimulatedCard } from './cards/card.ts';
export {
  type EnvelopeForm,
  type SignedStatement,
  type SignOptions,
  signStatement,
} from './cards/sign-statement.ts';
export { issueDemoCards } from './demo-cards.ts';
export {
  COMPONENT_FAULTS,
  type ComponentFault,
  DEFAULT_READER,
  SimulatedCardComponent,
} from './hipki/card-component.ts';
export {
  CARD_COMPONENT_PORT,
  type CardComponentServer,
  startCardComponent,
} from './hipki/component-server.ts';
export {
  IDENTITY_SERVICE_PATH,
  IDENTITY_SERVICE_PORT,
  type IdentityServer,
  startIdentityService,
} from './ics/identity-server.ts';
export { IDENTITY_FAULTS, type IdentityFault } from './ics/identity-service.ts';
export type { RunningServer } from './loopback.ts';
export {
  type ObjectStoreFault,
  type SimulatedObjectStore,
  startObjectStore,
} from './object-store.ts';
export { ageOn, cast, citizen, isReservedNationalId, type Person, sameTail } from './people.ts';
export { REGISTRY_FAULTS, type RegistryFault } from './registry/check-answer.ts';
export type { HouseholdRegister, Resident } from './registry/household.ts';
export { PRE_CHECK_FAULTS, type PreCheckFault } from './registry/pre-check.ts';
export { REGISTRY_PORT, type RegistryServer, startRegistry } from './registry/registry-server.ts';
export { sharedAuthority } from './shared-authority.ts';
export { type RelayFault, type SimulatedRelay, startRelay, type TakenMail } from './smtp/relay.ts';
export {
  SIMULATED_TIME_STAMP_POLICY,
  SimulatedTimeStampAuthority,
  TIME_STAMP_FAULTS,
  type TimeStampFault,
} from './time-stamp-authority/authority.ts';
export {
  startTimeStampAuthority,
  TIME_STAMP_PORT,
  type TimeStampServer,
} from './time-stamp-authority/server.ts';
