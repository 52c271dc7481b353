import { must, section } from '../check.ts';
import { demand, demandStatus } from '../demand.ts';

/** The alias of whoever is signed in (RFC 7644 §3.11). */
export const me = section({
  title: '/Me',
  checks: () => [
    must(
      'RFC 7644 §3.11',
      '/Me answers 501, 308 with a Location, or 200 with a resource; or there is no such user.',
      async (bench) => {
        const reply = demandStatus(await bench.get('/Me'), 200, 308, 404, 501);
        demand(reply, reply.status !== 308 || reply.headers.has('location'), 'a Location header');
        demand(reply, reply.status !== 200 || typeof reply.body.id === 'string', 'a resource');
      },
    ),
  ],
});
