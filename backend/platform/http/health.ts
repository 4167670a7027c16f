import { Type } from 'typebox';
import { httpErrors } from './errors.ts';
import { anyone, route, type AnyRoute } from './route.ts';

const HealthAnswer = Type.Object({ status: Type.Literal('ok') });

/** The database must answer within this, or a balancer should send people elsewhere. */
const PING_MS = 1_500;

/** `live`: the process answers. `ready`: it can serve, so its database answers and it is not stopping. */
export function healthRoutes(stopping: () => boolean): AnyRoute[] {
  return [
    route({
      method: 'get',
      path: '/api/health/live',
      summary: { zh: '进程在运行', en: 'The process is running' },
      access: anyone,
      answers: { 200: HealthAnswer },
      async handle() {
        return { status: 200, body: { status: 'ok' } };
      },
    }),
    route({
      method: 'get',
      path: '/api/health/ready',
      summary: { zh: '可以提供服务', en: 'The service can take requests' },
      access: anyone,
      answers: { 200: HealthAnswer },
      async handle({ p }) {
        if (stopping()) httpErrors.fail('platform.stopping');
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error('ping took too long')), PING_MS);
        });
        try {
          await Promise.race([p.database.connection.db!.command({ ping: 1 }), late]);
        } catch {
          httpErrors.fail('platform.database_unavailable');
        } finally {
          clearTimeout(timer);
        }
        return { status: 200, body: { status: 'ok' } };
      },
    }),
  ];
}
