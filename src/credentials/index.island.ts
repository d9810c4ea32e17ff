/** 憑證 in the browser: the card component's pop-up and the field of a national ID. The face for other modules' islands. */
export { readiness } from './card-codes.ts';
export { signCardForm } from './card-form.island.ts';
export { askCard, type CardAnswer } from './card-popup.island.ts';
export { enhanceIdField } from './id-pad.island.ts';
