import { Controller, Get, Inject } from '@nestjs/common';
import { DataSource } from 'typeorm';

const DATABASE_ANSWERS_WITHIN_MS = 2_000;

/** Whether the control plane answers, and whether its database does. */
@Controller()
export class HealthController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Get('/healthz')
  async health(): Promise<{ status: 'ok'; database: 'ok' | 'unavailable' }> {
    return { status: 'ok', database: (await this.databaseAnswers()) ? 'ok' : 'unavailable' };
  }

  private async databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, DATABASE_ANSWERS_WITHIN_MS, false)));
    const answer = this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }
}
