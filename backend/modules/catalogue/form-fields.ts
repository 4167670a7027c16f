import type { FormField, FormSchema } from './contract.ts';

/** Walking a form schema: by its own `$ref`s into `$defs`, never beyond it. Pure. */

export type SchemaNode = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is SchemaNode {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The node at a fragment pointer of the schema, `#/$defs/party/properties/name`; null where there is none. */
export function schemaAt(form: FormSchema, fragment: string): SchemaNode | null {
  let node: unknown = form;
  for (const part of fragment.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    const name = decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~');
    if (node === null || typeof node !== 'object' || !Object.hasOwn(node, name)) return null;
    node = (node as Record<string, unknown>)[name];
  }
  return isNode(node) ? node : null;
}

/** A node with its `$ref` followed; annotations beside the reference win. */
export function resolveNode(form: FormSchema, node: SchemaNode): SchemaNode {
  if (typeof node.$ref !== 'string') return node;
  const target = schemaAt(form, node.$ref);
  return target ? { ...resolveNode(form, target), ...node } : node;
}

/** The field that an answer at a pointer belongs to: `/buyers/0/name`, or `/buyers/name` for any item. */
export function fieldAt(form: FormSchema, pointer: string): (Partial<FormField> & SchemaNode) | null {
  let node: SchemaNode = form;
  for (const name of pointer.split('/').slice(1)) {
    node = resolveNode(form, node);
    if (node.type === 'array' && isNode(node.items)) {
      node = resolveNode(form, node.items);
      if (/^\d+$/.test(name)) continue;
    }
    const properties = isNode(node.properties) ? node.properties : {};
    const next = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!isNode(next)) return null;
    node = next;
  }
  return resolveNode(form, node) as Partial<FormField> & SchemaNode;
}

/** Every property of the form with its pointer, those of list items and `$defs` reached through them included. */
export function listFields(form: FormSchema): { pointer: string; field: Partial<FormField> & SchemaNode }[] {
  const found: { pointer: string; field: Partial<FormField> & SchemaNode }[] = [];
  const visit = (raw: SchemaNode, pointer: string, depth: number): void => {
    const node = resolveNode(form, raw);
    if (depth > 5) return;
    if (isNode(node.items)) visit(node.items, pointer, depth + 1);
    if (!isNode(node.properties)) return;
    for (const [name, child] of Object.entries(node.properties)) {
      if (!isNode(child)) continue;
      const field = resolveNode(form, child) as Partial<FormField> & SchemaNode;
      found.push({ pointer: `${pointer}/${name}`, field });
      visit(child, `${pointer}/${name}`, depth + 1);
    }
  };
  visit(form, '', 0);
  return found;
}
