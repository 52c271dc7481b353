import { expect, test } from 'vitest';
import { startHub } from '../../support/hub.ts';
import { askAs } from '../ask.ts';
import { statementsOf } from '../statements.ts';
import { personWith } from './asking.ts';

test('a list of people asks for their verifications once, and for nothing where only the text is wanted', async () => {
  const hub = await startHub();
  try {
    const ask = askAs(hub, (await hub.newTenant()).key);
    for (let index = 0; index < 5; index++) await personWith(ask, `0151 2345678${index}`);
    const list = (phone: string) => () => ask(`{ users(first: 5) { nodes { phone { ${phone} } } } }`);
    expect(await statementsOf(list('value type'))).toHaveLength(1);
    const texts = await statementsOf(list('value e164 verifiedAt needsVerification'));
    expect(texts.map((text) => /from (\w+)/.exec(text)![1]).sort()).toEqual([
      'phone_verifications',
      'tenants',
      'users',
    ]);
  } finally {
    await hub.stop();
  }
});
