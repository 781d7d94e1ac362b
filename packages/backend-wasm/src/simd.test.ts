import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseSimd, RelaxedSimdError } from './simd.js';

/** An engine that validates modules with relaxed SIMD, or comes to when it is switched on. */
function engine(has: boolean, canEnable = false): () => void {
  const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(has);
  return vi.fn(() => {
    if (canEnable) validate.mockReturnValue(true);
  });
}

afterEach(() => vi.restoreAllMocks());

describe('relaxed SIMD', () => {
  test('runs where the engine has it, which is then left as it is', () => {
    const enable = engine(true);
    expect(chooseSimd(undefined, enable)).toBe('relaxed');
    expect(chooseSimd('relaxed', enable)).toBe('relaxed');
    expect(chooseSimd('plain', enable)).toBe('plain');
    expect(enable).not.toHaveBeenCalled();
  });

  test('is switched on where it is off', () => {
    expect(chooseSimd(undefined, engine(false, true))).toBe('relaxed');
  });

  test('gives way to plain SIMD where it cannot run, unless it was asked for', () => {
    const enable = engine(false);
    expect(chooseSimd(undefined, enable)).toBe('plain');
    expect(() => chooseSimd('relaxed', enable)).toThrow(RelaxedSimdError);
    expect(() => chooseSimd('relaxed', enable)).toThrow("'plain' runs here.");
  });

  test('is recognised by a module with one of its instructions', () => {
    const validate = vi.spyOn(WebAssembly, 'validate');
    chooseSimd(undefined, () => {});
    const [[probe]] = validate.mock.calls;
    const bytes = probe as Uint8Array<ArrayBuffer>;
    const plain = Uint8Array.from(bytes);
    plain.set([0xe4, 0x01], bytes.length - 3); // f32x4.add, which leaves a vector too many
    vi.restoreAllMocks();
    expect(WebAssembly.validate(plain)).toBe(false);
    plain.set([0xd2, 0x00], bytes.length - 3); // v128.bitselect, which takes three, as relaxed_madd does
    expect(WebAssembly.validate(plain)).toBe(true);
  });
});
