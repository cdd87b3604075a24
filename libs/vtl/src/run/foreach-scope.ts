import { VtlObject, type VtlValue } from '../java/value.js';

/** `$foreach`. Source: Velocity 1.7, ForeachScope. */
export class ForeachScope extends VtlObject {
  readonly javaClass = 'org.apache.velocity.runtime.directive.ForeachScope';
  index = -1;
  hasNext = false;

  constructor(readonly parent: ForeachScope | null) {
    super();
  }

  override property(name: string): VtlValue | undefined {
    switch (name) {
      case 'index':
        return this.index;
      case 'count':
        return this.index + 1;
      case 'hasNext':
        return this.hasNext;
      case 'first':
        return this.index === 0;
      case 'last':
        return !this.hasNext;
      case 'parent':
        return this.parent;
      case 'topmost':
        return this.topmost();
      case 'depth':
        return this.depth();
      default:
        return undefined;
    }
  }

  override invoke(name: string, args: readonly VtlValue[]): VtlValue | undefined {
    if (args.length > 0) return undefined;
    switch (name) {
      case 'hasNext':
      case 'isFirst':
      case 'isLast':
      case 'getIndex':
      case 'getCount':
      case 'getParent':
      case 'getTopmost': {
        const property = name.replace(/^(is|get)/, '');
        return this.property(property.charAt(0).toLowerCase() + property.slice(1));
      }
      default:
        return undefined;
    }
  }

  private topmost(): ForeachScope {
    return this.parent === null ? this : this.parent.topmost();
  }

  private depth(): number {
    return this.parent === null ? 1 : this.parent.depth() + 1;
  }

  print(): string {
    return 'ForeachScope';
  }
}
