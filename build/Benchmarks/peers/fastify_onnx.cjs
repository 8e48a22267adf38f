// What a Node.js team would write: Fastify with ONNX Runtime, one worker per core, with responses of the Open Inference Protocol.
// Run: node fastify_onnx.cjs <model.onnx> <output> <port> <workers>
'use strict';
const cluster = require('node:cluster');
const [model, output, port, workers] = process.argv.slice(2);

async function serve() {
  const ort = require('onnxruntime-node');
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const app = require('fastify')();
  app.post('/v2/models/:model/infer', async ({ params, body: { inputs: [tensor] } }) => {
    const features = new ort.Tensor('float32', Float32Array.from(tensor.data), tensor.shape);
    const answer = (await session.run({ [tensor.name]: features }, [output]))[output];
    return {
      model_name: params.model,
      model_version: '1',
      outputs: [{ name: output, datatype: 'FP32', shape: answer.dims, data: Array.from(answer.data) }],
    };
  });
  await app.listen({ host: '127.0.0.1', port: Number(port) });
}

if (cluster.isPrimary) {
  for (let worker = 0; worker < Number(workers); worker++) cluster.fork();
  process.on('SIGTERM', () => process.exit(0)); // also ends the workers
} else {
  serve().catch(error => { console.error(error.message); process.exit(1); });
}
