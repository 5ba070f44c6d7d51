namespace GnnReRank.Extractor;

/// <summary>How a picture comes to the width and height of the network's input.</summary>
internal enum PictureFit
{
    /// <summary>Each side is scaled by itself.</summary>
    Stretch,

    /// <summary>The shape is kept, and what stands over is cut off at both ends.</summary>
    Crop,

    /// <summary>The shape is kept, and what is missing is white.</summary>
    Pad,
}
