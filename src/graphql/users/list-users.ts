import { invalid } from '../../domain/errors.ts';
import type { UserKind } from '../../domain/users/person.ts';
import { demandSight, sightUnder } from '../../domain/users/sight.ts';
import type { UserCondition } from '../../domain/users/user-condition.ts';
import type { CustomOrder, UserOrder as DomainOrder, UserOrderField } from '../../domain/users/user-reader.ts';
import { type FieldTable, standardTable } from '../../fields/field-table.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, type PlacePart, sliceOf } from '../page/cursor.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';
import { columnsFor } from './columns.ts';
import { asksForCustom, conditionOf } from './where.ts';
import type { UserOrder, UserWhere } from './where-types.ts';

type ListArgs = {
  first?: number | null;
  after?: string | null;
  where?: UserWhere | null;
  orderBy?: UserOrder[] | null;
};

const MOST_ORDERS = 4;

type Order = readonly DomainOrder[] | CustomOrder;

/** A page of people. */
export async function listUsers(context: RequestContext, args: ListArgs, selection: Selection, kind?: UserKind) {
  const given = args.orderBy ?? [];
  const isCustom = given.some(({ custom }) => custom) || (args.where ? asksForCustom(args.where) : false);
  const fields = isCustom ? (await context.policy()).fields : standardTable;
  const order = orderOf(context, given, fields);
  const listOrder = 'by' in order ? valueOrder(order) : listOrderOf(order);
  const slice = sliceOf(args, listOrder, selection);
  const asked = args.where ? conditionOf(args.where, fields) : null;
  const sight = sightUnder(context.actor, asked);
  const where = kind ? both({ kind: 'kind', is: kind }, asked) : asked;
  const columns = columnsFor(selection.nodes, context).list;
  const page = await context.reads.users.list({ slice, where, order, columns, sight });
  return new Connection(page, slice, listOrder, () => context.reads.users.count(where, sight));
}

/** The order that is asked for: by the hub's own columns, or by one field of the tenant. */
function orderOf(context: RequestContext, given: readonly UserOrder[], { custom }: FieldTable): Order {
  if (given.length > MOST_ORDERS) throw invalid(['orderBy'], `orderBy holds more than ${MOST_ORDERS} parts.`);
  const [first] = given;
  if (first && given.length === 1 && first.custom && !first.field) {
    const by = custom.find(({ key }) => key === first.custom);
    if (!by) throw invalid(['orderBy', 'custom'], `There is no field ${first.custom} of your own.`);
    demandSight(context.actor, by);
    return { by, descending: first.direction === 'DESC' };
  }
  return given.map(({ field, custom, direction }) => {
    if (custom || !field) throw invalid(['orderBy'], 'Give field, or a custom field that stands alone.');
    return { field: field as UserOrderField, descending: direction === 'DESC' };
  });
}

/** A place in an order by values: whether there is none, the value, the id. */
const valueOrder = ({ by, descending }: CustomOrder): ListOrder => ({
  name: `users ${by.id}${descending ? '-' : '+'}`,
  parts: ['text', 'text', 'id'],
});

const both = (a: UserCondition, b: UserCondition | null): UserCondition => (b ? { kind: 'and', terms: [a, b] } : a);

const parts: Record<UserOrderField, PlacePart> = {
  CREATED_AT: 'id',
  UPDATED_AT: 'time',
  DISPLAY_NAME: 'text',
  USER_NAME: 'text',
};

/** An order by age ends with the id itself; every other has the id after its keys. */
function listOrderOf(order: readonly DomainOrder[]): ListOrder {
  const end = order.findIndex(({ field }) => field === 'CREATED_AT');
  const used = end < 0 ? order : order.slice(0, end + 1);
  const name = used.map(({ field, descending }) => `${field}${descending ? '-' : '+'}`).join();
  const keys = used.map(({ field }) => parts[field]);
  return { name: `users ${name}`, parts: end < 0 ? [...keys, 'id'] : keys };
}
