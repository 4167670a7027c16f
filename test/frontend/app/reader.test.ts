import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { piecesOf } from '../../../frontend/app/reader.svelte.ts';

beforeEach(() => {
  // happy-dom lays nothing out: everything counts as visible.
  vi.spyOn(HTMLElement.prototype, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList);
});
afterEach(() => vi.restoreAllMocks());

function texts(html: string): string[] {
  const root = document.createElement('main');
  root.innerHTML = html;
  document.body.replaceChildren(root);
  return piecesOf(root).map(({ text }) => text);
}

describe('what is read aloud', () => {
  it('is each piece once, in the order of the page', () => {
    expect(texts('<h1>您好</h1><ul><li><p>一</p><p>二</p></li><li>三</li></ul>')).toEqual([
      '您好',
      '一',
      '二',
      '三',
    ]);
  });

  it('leaves out what is only for eyes or only for readers', () => {
    expect(
      texts(
        '<p>看<svg><title>图</title></svg><span class="vh">隐</span><span aria-hidden="true">饰</span></p>',
      ),
    ).toEqual(['看']);
  });

  it('reads links that stand alone, and not twice within a paragraph', () => {
    expect(texts('<a href="/x">大厅<small>地址</small></a><p>看<a href="/y">指南</a></p>')).toEqual([
      '大厅地址',
      '看指南',
    ]);
  });
});
