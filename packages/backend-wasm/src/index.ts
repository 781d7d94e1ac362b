export { OutOfMemoryError } from './heap.js';
export { useWasmBackend, type WasmBackendInfo, type WasmBackendOptions } from './use-wasm-backend.js';
export { WorkerLostError } from './workforce.js';
