namespace ConfigEngine.Model;

/// <summary>A statement of a test about plans.</summary>
interface IExpectation;
