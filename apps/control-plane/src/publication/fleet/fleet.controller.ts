import { Call, Input, type AdminCall } from '@gatehouse/admin-contract';
import { AwsError, badRequest, notFound } from '@gatehouse/aws-wire';
import { FunctionsReports, GatewayReports, type FollowingReport } from '@gatehouse/publication';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Permission } from '../../admin-api/permission.decorator.js';
import { EpochKeeper } from '../epoch-keeper.js';
import { DEFAULT_WAIT_SECONDS, Fleet, WaitForPublicationRequest, WaitForPublicationResult } from './fleet.dto.js';
import { PublicationWaits } from './publication-waits.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What gateways and functions processes run, and waiting until they run what was published. */
@ApiTags('gatehouse: fleet')
@Controller('/gatehouse')
export class FleetController {
  constructor(
    private readonly gateways: GatewayReports,
    private readonly functions: FunctionsReports,
    private readonly epochs: EpochKeeper,
    private readonly waits: PublicationWaits,
  ) {}

  @Get('fleet')
  @Permission('gatehouse:GetFleet', 'arn:aws:gatehouse:{region}:{accountId}:fleet')
  @ApiResponse({ status: 200, type: Fleet })
  async fleet(@Call() { scope }: AdminCall): Promise<Fleet> {
    try {
      const [gateways, functions] = await Promise.all([this.gateways.live(), this.functions.live()]);
      return {
        epoch: this.epochs.epoch,
        gateways: gateways.map((report) => namingOwnDocuments(report, scope.accountId)),
        functions: functions.map((report) => namingOwnDocuments(report, scope.accountId)),
      };
    } catch {
      throw new AwsError('ServiceUnavailableException', 'The fleet is not known now: Redis does not answer', 1);
    }
  }

  @Post('publications/:publicationId/wait')
  @HttpCode(200)
  @Permission('gatehouse:WaitForPublication', 'arn:aws:gatehouse:{region}:{accountId}:publication/{publicationId}')
  @ApiParam({ name: 'publicationId' })
  @ApiBody({ type: WaitForPublicationRequest, required: false })
  @ApiResponse({ status: 200, type: WaitForPublicationResult })
  async wait(
    @Call() call: AdminCall,
    @Input(WaitForPublicationRequest) { publicationId, timeoutSeconds = DEFAULT_WAIT_SECONDS }: WaitForPublicationRequest,
  ): Promise<WaitForPublicationResult> {
    if (!UUID.test(publicationId)) throw badRequest(`publicationId is not a UUID: ${publicationId.slice(0, 64)}`);
    const outcome = await this.waits.wait(call.scope, publicationId, timeoutSeconds * 1000);
    if (!outcome) throw notFound(`Invalid publication identifier specified ${publicationId}`);
    return { publicationId, ...outcome };
  }
}

/** A report that names documents of this account only; its totals count those of all accounts. */
function namingOwnDocuments<R extends FollowingReport>(report: R, accountId: string): R {
  const isOwn = (name: string) => / (\d+)\//.exec(name)?.[1] === accountId;
  return { ...report, refused: report.refused.filter(({ name }) => isOwn(name)), orphans: report.orphans.filter(isOwn) };
}
