import { describe, expect, it, vi } from 'vitest';
import { FreeIds } from './free-ids.js';

const drawn = vi.hoisted(() => ['aaaaaa', 'bbbbbb', 'bbbbbb', 'aaaaaa', 'cccccc']);
vi.mock('@gatehouse/aws-wire', () => ({ shortId: () => drawn.shift() }));

describe('FreeIds', () => {
  it('draws neither what is taken nor what it drew', () => {
    const ids = new FreeIds(['aaaaaa']);
    expect([ids.draw(), ids.draw()]).toEqual(['bbbbbb', 'cccccc']);
  });
});
