import { describe, expect, it } from 'vitest';
import { Template, TemplateOverrides } from '../dist/index.js';
import { bindingsOf } from './rendering.fixture.js';

// Measures what was built; run it with `--config vitest.compiled.config.mjs`.

const RENDERINGS = 1000;

const order = {
  id: 'b9f2a3c4-55d1-4a55-9c62-0d3f2c1a7e10',
  customer: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address: { street: '12 Analytical Way', city: 'London', zip: 'N1 9GU' },
  },
  items: Array.from({ length: 14 }, (_, n) => ({
    sku: `SKU-${1000 + n}`,
    title: `Difference engine part number ${n}, "mark ${n % 3}"`,
    quantity: n + 1,
    price: 19.95 + n,
    tags: ['engine', n % 2 === 0 ? 'brass' : 'steel'],
  })),
  note: 'Leave it with the neighbour; she\'s in "most" days.',
};

/** 30 lines. */
const TEMPLATE = `#set($order = $input.path('$'))
#set($customer = $order.customer)
#set($total = 0)
{
  "requestId": "$context.requestId",
  "stage": "$context.stage",
  "sourceIp": "$context.identity.sourceIp",
  "shop": "$stageVariables.shop",
  "orderId": "$order.id",
  "customer": {
    "name": "$util.escapeJavaScript($customer.name)",
    "email": "$customer.email.toLowerCase()",
    "city": "$customer.address.city"
  },
  "items": [
#foreach($item in $order.items)
    #set($total = $total + $item.quantity)
    {
      "sku": "$item.sku",
      "title": "$util.escapeJavaScript($item.title)",
      "quantity": $item.quantity,
      "price": $item.price#if($item.quantity > 5),
      "bulk": true#end

    }#if($foreach.hasNext),#end

#end
  ],
  "total": $total,
  "note": $input.json('$.note'),
  "trace": "$input.params('X-Trace')"
}`;

describe(`${RENDERINGS.toLocaleString('en')} renderings of a 30-line template`, () => {
  const body = JSON.stringify(order);
  const template = new Template(TEMPLATE);
  const { overrides: _ofSources, ...given } = bindingsOf({
    body,
    header: { 'X-Trace': 'Root=1-5759e988-bd862e3fe1be46a994272793' },
    stageVariables: { shop: 'engines' },
    context: { requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef', stage: 'prod', 'identity.sourceIp': '203.0.113.7' },
  });

  it(`body of ${body.length} bytes`, async ({ bench }) => {
    const bindings = () => ({ ...given, overrides: new TemplateOverrides() });
    expect(JSON.parse(template.render(bindings()))).toMatchObject({ orderId: order.id, total: 105, note: order.note });
    await bench('render', () => {
      for (let n = 0; n < RENDERINGS; n++) template.render(bindings());
    }).run();
  });

  it('compiled', async ({ bench }) => {
    await bench('compile', () => {
      for (let n = 0; n < RENDERINGS; n++) new Template(TEMPLATE);
    }).run();
  });
});
