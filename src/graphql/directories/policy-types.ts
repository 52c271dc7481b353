import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { switches, switchNames } from '../../domain/directories/directory-policy.ts';
import type { Switch } from '../../domain/directories/switch.ts';
import { enumOf } from '../enum-of.ts';

type Shape = { type: () => object | [object]; nullable: boolean };

/** The type of a switch in the schema; an enum is registered once for the output and the input. */
const shapes = Object.fromEntries(switchNames.map((name) => [name, shapeOf(switches[name])])) as Record<string, Shape>;

function shapeOf(known: Switch): Shape {
  switch (known.kind) {
    case 'choice': {
      const values = enumOf(known.type, known.about, known.values);
      return { type: () => values, nullable: false };
    }
    case 'flag':
      return { type: () => Boolean, nullable: false };
    case 'text':
      return { type: () => String, nullable: false };
    case 'number':
      return { type: () => Int, nullable: known.optional };
    case 'texts':
      return { type: () => [String], nullable: false };
  }
}

/** DirectoryPolicy: a field for every switch. */
@ObjectType({ description: 'What happens to what a directory sends.', simpleResolvers: true })
export class DirectoryPolicy {
  @Field(() => [String], { description: "Switches whose value is not the preset's." })
  differsFromPreset!: string[];
}

/** DirectoryPolicyInput: a field for every switch; what is left out stays. */
@InputType({ description: 'Switches to change; the others stay.' })
export class DirectoryPolicyInput {}

for (const name of switchNames) {
  const { type, nullable } = shapes[name]!;
  const description = switches[name].about;
  Field(type as never, { nullable, description })(DirectoryPolicy.prototype, name);
  Field(type as never, { nullable: true, description })(DirectoryPolicyInput.prototype, name);
}
