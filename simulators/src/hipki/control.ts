import type { SimulatedCard } from '../cards/card.ts';
import { COMPONENT_FAULTS, type SimulatedCardComponent } from './card-component.ts';
import { RET } from './codes.ts';

/**
 * Applies one form of the component's page. Unknown actions and names change nothing: the page comes back as
 * it was.
 */
export function applyControl(
  component: SimulatedCardComponent,
  drawer: readonly SimulatedCard[],
  form: URLSearchParams,
): void {
  const reader = component.readers().find(({ name }) => name === form.get('reader'))?.name;
  const card = drawer.find(({ signing }) => signing.serialHex === form.get('card'));
  switch (form.get('action')) {
    case 'insert':
      if (reader !== undefined && card !== undefined) component.insert(card, reader);
      else if (reader !== undefined && form.get('card') === 'unknown')
        component.insert({ kind: 'unknown' }, reader);
      else if (reader !== undefined && form.get('card') === 'wrong-type')
        insertForeign(component, drawer, reader);
      return;
    case 'remove':
      if (reader !== undefined) component.remove(reader);
      return;
    case 'reset-tries':
      if (card !== undefined) component.resetTries(card);
      return;
    case 'lock':
      if (card !== undefined) component.lock(card);
      return;
    case 'add-reader':
      component.addReader(`SIM Smart Card Reader ${component.readers().length}`);
      return;
    case 'remove-reader':
      if (reader !== undefined) component.removeReader(reader);
      return;
    case 'distrust':
      component.trust(form.get('host') ?? '', false);
      return;
    case 'trust':
      component.trust((form.get('host') ?? '').toLowerCase());
      return;
    case 'fault':
      component.fault = COMPONENT_FAULTS.find((fault) => fault === form.get('fault')) ?? component.fault;
      return;
  }
}

function insertForeign(
  component: SimulatedCardComponent,
  drawer: readonly SimulatedCard[],
  reader: string,
): void {
  const any = drawer[0];
  if (any !== undefined) component.insert({ kind: 'wrong-type', card: any, code: RET.notMoica }, reader);
}
