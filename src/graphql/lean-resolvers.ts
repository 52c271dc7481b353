import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Parameter = (...call: Parameters<Resolve>) => unknown;
type Storage = ReturnType<typeof getMetadataStorage>;
type Handler = Storage['queries'][number] | Storage['fieldResolvers'][number];
type Target = Handler['target'];
type Methods = Record<string, (...given: unknown[]) => unknown>;

/**
 * Calls the methods of resolver classes directly. What type-graphql does round each call, copying every argument into an
 * instance of its class, costs more than the call itself, and a list makes it for each row. Arguments arrive as GraphQL
 * coerced them: what was not given is not there.
 */
export function setLeanResolvers(schema: GraphQLSchema): void {
  const storage = getMetadataStorage();
  const instances = new Map<Target, Methods>();
  const methodsOf = (target: Target): Methods => {
    const known = instances.get(target) ?? (new (target as new () => Methods)() as Methods);
    instances.set(target, known);
    return known;
  };
  const set = (typeName: string, { target, methodName, schemaName }: Handler) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${typeName}.`);
    const parameters = storage.params
      .filter((param) => param.target === target && param.methodName === methodName)
      .sort((a, b) => a.index - b.index)
      .map(parameterOf);
    const methods = methodsOf(target);
    type.getFields()[schemaName]!.resolve = (...call) =>
      methods[methodName]!(...parameters.map((parameter) => parameter(...call)));
  };
  for (const query of storage.queries) set('Query', query);
  for (const mutation of storage.mutations) set('Mutation', mutation);
  for (const subscription of storage.subscriptions) set('Subscription', subscription);
  for (const field of storage.fieldResolvers) {
    const of = storage.resolverClasses.find(({ target }) => target === field.target)!.getObjectType();
    set(storage.objectTypes.find(({ target }) => target === of)!.name, field);
  }
}

function parameterOf(param: Storage['params'][number]): Parameter {
  switch (param.kind) {
    case 'root':
      return (root) => root;
    case 'args':
      return (_root, args) => args;
    case 'arg':
      return (_root, args) => args[param.name];
    case 'context':
      return (_root, _args, context) => context;
    case 'info':
      return (_root, _args, _context, info) => info;
    default:
      throw new Error(`A ${param.kind} parameter needs type-graphql's own resolver.`);
  }
}
