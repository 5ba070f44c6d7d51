using System.Globalization;
using GnnReRank.Extractor;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await ExtractCommand.Create().Parse(args).InvokeAsync();
