import { Module, type DynamicModule } from '@nestjs/common';
import { ControlPlaneConfig } from './config.js';

/** Gives the whole application its configuration, under the class `ControlPlaneConfig`. */
@Module({})
export class ConfigModule {
  static register(config: ControlPlaneConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: ControlPlaneConfig, useValue: config }],
      exports: [ControlPlaneConfig],
    };
  }
}
